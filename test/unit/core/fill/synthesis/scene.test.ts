import { expect, it } from 'vitest';
import {
  GIVEN,
  halve,
  NOTHING,
  type Scene,
  SOURCE,
  TARGET,
} from '../../../../../core/fill/synthesis/scene.ts';

function greyScene(width: number, height: number, greys: number[], kinds: number[]): Scene {
  return {
    width,
    height,
    colours: Uint8Array.from(greys.flatMap((grey) => [grey, grey, grey])),
    kinds: Uint8Array.from(kinds),
  };
}

it('takes the mean of the pixels that have a colour', () => {
  const scene = greyScene(4, 2, [10, 20, 100, 255, 30, 41, 102, 255], [0, 0, 0, NOTHING, 0, 0, 0, NOTHING]);
  const { width, height, colours } = halve(scene);
  expect([width, height]).toEqual([2, 1]);
  expect([...colours]).toEqual([25, 25, 25, 101, 101, 101]);
});

it('rounds an odd size up', () => {
  const { width, height, colours } = halve(greyScene(3, 1, [10, 20, 90], [0, 0, 0]));
  expect([width, height]).toEqual([2, 1]);
  expect([colours[0], colours[3]]).toEqual([15, 90]);
});

it.each([
  [[SOURCE, SOURCE, SOURCE, SOURCE], SOURCE],
  [[SOURCE, GIVEN, SOURCE, SOURCE], GIVEN],
  [[SOURCE, GIVEN, NOTHING, SOURCE], NOTHING],
  [[NOTHING, GIVEN, SOURCE, TARGET], TARGET],
])('makes one pixel of the kinds %j a %i', (kinds, expected) => {
  expect([...halve(greyScene(2, 2, [0, 0, 0, 0], kinds)).kinds]).toEqual([expected]);
});
