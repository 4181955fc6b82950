import { ENGINE_PORT_MESSAGE } from '../../core/contract/bridge.ts';
import type { EngineClient } from '../../core/contract/clients.ts';
import { createEngineClient } from './engineClient.ts';

/** The engine, by the ports that the preload script hands to this page, now and whenever the engine is started again. */
export function connectEngine(page: Window): EngineClient {
  const client = createEngineClient();
  page.addEventListener('message', ({ source, data, ports }: MessageEvent<unknown>) => {
    const [port] = ports;
    if (source === page && data === ENGINE_PORT_MESSAGE && port) client.connect(port);
  });
  return client;
}
