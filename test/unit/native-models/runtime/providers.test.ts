import { describe, expect, it } from 'vitest';
import { availableProviders, planProvider } from '../../../../native-models/runtime/providers.ts';

const linux = [
  { name: 'cpu', bundled: true },
  { name: 'webgpu', bundled: true },
  { name: 'cuda', bundled: false },
];
const windows = [
  { name: 'cpu', bundled: true },
  { name: 'dml', bundled: true },
];
const mac = [
  { name: 'cpu', bundled: true },
  { name: 'coreml', bundled: true },
];

describe('availableProviders', () => {
  it('offers what onnxruntime-node offers, and always the CPU', () => {
    expect(availableProviders(linux)).toEqual(['cuda', 'cpu']);
    expect(availableProviders(windows)).toEqual(['dml', 'cpu']);
    expect(availableProviders(mac)).toEqual(['coreml', 'cpu']);
    expect(availableProviders([])).toEqual(['cpu']);
    expect(availableProviders()).toContain('cpu');
  });
});

describe('planProvider', () => {
  it.each([
    [linux, 'cpu'],
    [windows, 'dml'],
    [mac, 'cpu'],
  ])('auto chooses without a message', (backends, first) => {
    expect(planProvider('auto', backends)).toEqual({ first, message: null });
  });

  it('takes what was asked for where it is offered', () => {
    expect(planProvider('cuda', linux)).toEqual({ first: 'cuda', message: null });
    expect(planProvider('coreml', mac)).toEqual({ first: 'coreml', message: null });
    expect(planProvider('cpu', windows)).toEqual({ first: 'cpu', message: null });
  });

  it('falls back to the CPU with a message where it is not', () => {
    expect(planProvider('dml', linux)).toEqual({
      first: 'cpu',
      message: 'DirectML is not available on this system, so the CPU is used.',
    });
  });
});
