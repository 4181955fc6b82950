/** What a user may ask for; `auto` takes the best that is known to help. */
export const PROVIDER_CHOICES = ['auto', 'cpu', 'cuda', 'dml', 'coreml'] as const;

export type ProviderChoice = (typeof PROVIDER_CHOICES)[number];

/** Where models run: on a device of this machine, or on a server. */
export type Provider = Exclude<ProviderChoice, 'auto'> | 'server';
