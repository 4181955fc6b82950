import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { type Bridge, CHANNELS, type Helper, localesIn, PORT_MESSAGES } from '../../core/contract/bridge.ts';
import type { MainEvents } from '../../core/contract/mainApi.ts';

type Listener = (payload: unknown) => void;
interface SentEvent {
  readonly name: keyof MainEvents;
  readonly payload: unknown;
}

const listeners = new Map<string, Set<Listener>>();
const unheard: SentEvent[] = []; // came before the page listened, such as a file from the command line

ipcRenderer.on(CHANNELS.event, (_event, sent: SentEvent) => {
  const heard = listeners.get(sent.name);
  if (heard === undefined) unheard.push(sent);
  else for (const listener of heard) listener(sent.payload);
});

// A port cannot cross the context bridge; only a window message carries it into the page.
ipcRenderer.on(CHANNELS.port, ({ ports }, helper: Helper) => {
  window.postMessage(PORT_MESSAGES[helper], window.location.origin, [...ports]);
});

const bridge: Bridge = {
  call: (method, params) => ipcRenderer.invoke(CHANNELS.call, { method, params }),
  on: (event, listener) => listen(event, listener as Listener),
  dropped: (file) => ipcRenderer.invoke(CHANNELS.dropped, pathOf(file)),
  locales: localesIn(process.argv),
};

contextBridge.exposeInMainWorld('tessera', bridge);

function listen(event: keyof MainEvents, listener: Listener): () => void {
  const heard = listeners.get(event) ?? new Set();
  listeners.set(event, heard.add(listener));
  for (const sent of unheard.filter(({ name }) => name === event)) {
    unheard.splice(unheard.indexOf(sent), 1);
    listener(sent.payload);
  }
  return () => heard.delete(listener);
}

/** '' for a File that does not come from the disk. */
function pathOf(file: unknown): string {
  return file instanceof File ? webUtils.getPathForFile(file) : '';
}
