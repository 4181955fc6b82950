import { z } from 'zod';

// Imported before any schema is made: zod would try to make functions from text, which this page refuses.
z.config({ jitless: true });
