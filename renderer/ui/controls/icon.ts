import type { LucideProps } from '@lucide/svelte';
import type { Component } from 'svelte';

/** A drawing of @lucide/svelte. */
export type Icon = Component<LucideProps>;
