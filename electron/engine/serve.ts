import { toErrorShape } from '../../core/base/errors.ts';
import type { LearningHost } from './host.ts';
import type { HostPort, WindowPort } from './ports.ts';
import { type Answer, createServer, type Server } from './rpc/server.ts';

/** A helper process at work. */
export interface Serving {
  /** Answers everything that is under way with an error, before the process ends. */
  fail(error: unknown): void;
}

/** Answers on every port that main hands over; `host` learns all else that main says. */
export function serve(main: HostPort, host: LearningHost, answer: Answer): Serving {
  const servers = new Set<Server>();

  function take(port: WindowPort): void {
    const server = createServer(port, answer);
    servers.add(server);
    port.on('message', ({ data }) => {
      server.receive(data);
    });
    port.on('close', () => {
      server.close();
      servers.delete(server);
    });
    port.start();
  }

  main.on('message', ({ data, ports }) => {
    if (data.kind !== 'port') host.learn(data);
    else ports.forEach(take);
  });
  return {
    fail(error) {
      for (const server of servers) server.fail(toErrorShape(error));
    },
  };
}
