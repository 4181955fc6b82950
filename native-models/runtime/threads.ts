import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * How many threads one model run uses by default: one per physical core, since two threads on one core share the
 * units that matrix products need. Never more than this process may run on.
 */
export function defaultThreads(): number {
  return Math.max(1, Math.min(availableParallelism(), physicalCores()));
}

function physicalCores(): number {
  if (process.platform === 'linux') return countCores(readCpuInfo()) || availableParallelism();
  // Neither Windows nor macOS tells Node; nearly every x64 machine runs two threads per core, arm64 one.
  return process.arch === 'x64' ? Math.ceil(availableParallelism() / 2) : availableParallelism();
}

function readCpuInfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}

/** Distinct pairs of socket and core in the text of /proc/cpuinfo; 0 where it does not tell (arm64). */
export function countCores(cpuInfo: string): number {
  const cores = new Set<string>();
  for (const cpu of cpuInfo.split(/\n\s*\n/)) {
    const socket = /^physical id\s*:\s*(\d+)/m.exec(cpu)?.[1];
    const core = /^core id\s*:\s*(\d+)/m.exec(cpu)?.[1];
    if (socket !== undefined && core !== undefined) cores.add(`${socket}/${core}`);
  }
  return cores.size;
}
