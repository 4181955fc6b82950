import coffee from './samples/coffee.webp';
import nuthatch from './samples/nuthatch.webp';
import rocket from './samples/rocket.webp';

interface Sample {
  readonly thumbnail: string;
  readonly try: string; // what is worth removing from it
}

/** What is shown of the pictures that come with Tessera, by id. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  nuthatch: { thumbnail: nuthatch, try: 'Remove the bird' },
  coffee: { thumbnail: coffee, try: 'Remove the spoon' },
  rocket: { thumbnail: rocket, try: 'Clear a tower from the sky' },
};
