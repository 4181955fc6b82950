import { MessageChannelMain, type MessagePortMain, utilityProcess, type UtilityProcess } from 'electron';
import type { Helper } from '../../../core/contract/bridge.ts';
import type { HostMessage } from '../../../core/contract/engineHost.ts';
import { createBackOff } from './backOff.ts';

/**
 * A process beside main: the engine holds models and codecs, the recovery process projects and unsaved work. It may die at any
 * time; then it is started again.
 */
export interface Engine {
  tell(message: HostMessage): void;
  /** A fresh channel to the one that runs now, which starts with the first; the window gets the port. */
  connect(): MessagePortMain;
  /** Ends it for good. */
  readonly stop: () => void;
}

export interface EngineOptions {
  readonly helper: Helper;
  readonly script: string; // path of the bundle
  readonly stdio: 'inherit' | 'ignore';
  /** What every new one is told first. */
  readonly greeting: () => readonly HostMessage[];
  /** It ended without being asked to, its jobs are lost, and another one runs in its place. */
  readonly onRestarted: () => void;
  /** It keeps dying at its start. */
  readonly onHopeless: () => void;
}

/** A process that starts when it is first connected to. */
export function startEngine({
  helper,
  script,
  stdio,
  greeting,
  onRestarted,
  onHopeless,
}: EngineOptions): Engine {
  const backOff = createBackOff();
  let stopped = false;
  let child: UtilityProcess | null = null; // until the window asks: its first picture comes sooner with two processes less

  function start(): UtilityProcess {
    const started = Date.now();
    const next = utilityProcess.fork(script, [helper], {
      serviceName: `Tessera ${helper}`,
      stdio,
      env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' }, // also for a library that looks before our code runs
    });
    for (const message of greeting()) next.postMessage(message);
    next.once('exit', () => {
      if (stopped) return;
      const { delay, hopeless } = backOff.after(Date.now() - started);
      if (hopeless) onHopeless();
      setTimeout(restart, delay);
    });
    return next;
  }

  function restart(): void {
    if (stopped) return;
    child = start();
    onRestarted();
  }

  return {
    tell(message) {
      child?.postMessage(message); // to a dead one it goes nowhere; its successor is greeted with it
    },
    connect() {
      const { port1, port2 } = new MessageChannelMain();
      child ??= start();
      child.postMessage({ kind: 'port' } satisfies HostMessage, [port1]);
      return port2;
    },
    stop() {
      stopped = true;
      child?.kill();
    },
  };
}
