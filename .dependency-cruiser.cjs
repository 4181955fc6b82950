'use strict';
// Who may import whom; the rooms are described in README.md.
/** @param {string} name @param {string} from @param {string[]} to */
const only = (name, from, to) => ({
  name,
  severity: 'error',
  comment: `${from} may import only: ${to.join(', ')}`,
  from: { path: `^${from}/` },
  to: {
    path: '^(core|electron|native-models|renderer|build|bench|test)/',
    pathNot: to.map((t) => `^${t}(/|$)`),
  },
});

// The floors of core, lowest first. Those of one line may not import one another either.
const FLOORS = [
  ['base'],
  ['texts'],
  ['pixels'],
  ['raster'],
  ['selection'],
  ['tokens'],
  ['model'],
  ['frames'],
  ['sampling'],
  ['fill'],
  ['paint'],
  ['document'],
  ['palette'],
  ['commands'],
  ['contract'],
];

/** A folder of core imports its own files and the floors below it, types included. */
const floors = FLOORS.flatMap((names, floor) =>
  names.map((name) => {
    const below = FLOORS.slice(0, floor).flat();
    return {
      name: `floor-of-${name}`,
      severity: 'error',
      comment: `core/${name} may import only: ${[...below, name].join(', ')}`,
      from: { path: `^core/${name}/` },
      to: { path: '^core/', pathNot: `^core/(${[...below, name].join('|')})/` },
    };
  }),
);

module.exports = {
  forbidden: [
    ...floors,
    {
      name: 'core-has-floors',
      severity: 'error',
      comment: 'every file of core lies on one of the floors above',
      from: { path: '^core/', pathNot: `^core/(${FLOORS.flat().join('|')})/` },
      to: {},
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'imports of types alone vanish, so they close no cycle',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '^(build|bench|test)/',
          '^renderer/texts/(data[.]js$|[.]wuchale/)',
          '\\.(cjs|config\\.(js|ts))$',
        ],
      },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('core', 'core', ['core']),
    only('runtime', 'native-models/runtime', ['core', 'native-models/runtime']),
    only('importers', 'native-models/importers', [
      'core',
      'native-models/runtime',
      'native-models/importers',
    ]),
    only('io', 'electron/io', ['core', 'electron/io']),
    only('engine', 'electron/engine', ['core', 'electron/io', 'native-models', 'electron/engine']),
    only('main', 'electron/main', ['core', 'electron/io', 'electron/main']),
    only('preload', 'electron/preload', ['core/contract', 'electron/preload']),
    only('state', 'renderer/state', ['core', 'renderer/state']),
    only('engine-client', 'renderer/engine', ['core', 'renderer/engine']),
    only('commands', 'renderer/commands', ['core', 'renderer/state', 'renderer/engine', 'renderer/commands']),
    only('tools', 'renderer/tools', ['core', 'renderer/state', 'renderer/commands', 'renderer/tools']),
    only('canvas', 'renderer/canvas', ['core', 'renderer/state', 'renderer/tools', 'renderer/canvas']),
    only('ui', 'renderer', ['core', 'renderer']),
    only('cli', 'electron/cli', ['core', 'electron/io', 'electron/engine', 'native-models', 'electron/cli']),
    {
      name: 'core-runs-anywhere',
      severity: 'error',
      comment: 'core imports no node, DOM, electron, konva or onnx; zod is plain JavaScript',
      from: { path: '^core/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
        pathNot: '^node_modules/zod/',
      },
    },
    {
      name: 'one-file-knows-onnxruntime',
      severity: 'error',
      comment: 'that file keeps the library from reporting home',
      from: { pathNot: '^native-models/runtime/onnxruntime.ts$' },
      to: { path: 'onnxruntime-node' },
    },
    {
      name: 'one-room-knows-konva',
      severity: 'error',
      from: { pathNot: '^renderer/canvas/' },
      to: { path: '^node_modules/konva/' },
    },
    {
      name: 'the-window-is-sandboxed',
      severity: 'error',
      comment: 'the window has neither node nor Electron; all it has is the bridge of core/contract',
      from: { path: '^renderer/' },
      to: { path: '^(node:|electron$|node_modules/(electron|onnxruntime-node|wasm-vips)/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out)/|native-models/training' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.svelte', '.css', '.svg'],
      conditionNames: ['import', 'require', 'node', 'default', 'svelte', 'types'],
    },
  },
};
