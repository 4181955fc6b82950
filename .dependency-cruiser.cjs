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

module.exports = {
  forbidden: [
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
      from: { orphan: true, pathNot: ['^(build|bench|test)/', '\\.(cjs|config\\.(js|ts))$'] },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('core', 'core', ['core']),
    only('runtime', 'native-models/runtime', ['core', 'native-models/runtime']),
    only('importers', 'native-models/importers', ['core', 'native-models/importers']),
    only('io', 'electron/io', ['core', 'electron/io']),
    only('engine', 'electron/engine', ['core', 'electron/io', 'native-models', 'electron/engine']),
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
      name: 'one-room-knows-onnxruntime',
      severity: 'error',
      from: { pathNot: '^native-models/runtime/' },
      to: { path: 'onnxruntime-node' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|out)/|native-models/training' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
