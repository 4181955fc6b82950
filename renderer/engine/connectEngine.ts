import { type Helper, PORT_MESSAGES } from '../../core/contract/bridge.ts';
import type { EngineClient } from '../../core/contract/clients.ts';
import { createEngineClient } from './engineClient.ts';

const HELPERS: readonly Helper[] = ['engine', 'keeper'];

/** The engine and the keeper, by the ports that the preload script hands to this page, now and whenever one is started again. */
export function connectEngine(page: Window): EngineClient {
  const client = createEngineClient();
  page.addEventListener('message', ({ source, data, ports }: MessageEvent<unknown>) => {
    const [port] = ports;
    const helper = HELPERS.find((each) => PORT_MESSAGES[each] === data);
    if (source === page && helper && port) client.connect(helper, port);
  });
  return client;
}
