import { app, session, type WebContents } from 'electron';
import { isLocal } from './origin.ts';

/** Switches of Chromium that close its ways to a network. */
const OFFLINE: readonly (readonly [string, string?])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'], // neither names nor numbers lead anywhere
  ['no-proxy-server'], // nor is a proxy looked for, as it would be over the network
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-breakpad'],
  ['no-pings'],
];

/** Has to be called before the application is ready. */
export function cutNetwork(): void {
  for (const [name, value] of OFFLINE) app.commandLine.appendSwitch(name, value);
}

/**
 * Refuses what a page could ask for beyond what Tessera needs: permissions, devices, other pages, new windows, embedded
 * pages, downloads and everything from a network. Holds for every page, also one that should not be there.
 */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    confine(contents);
  });
  refusePermissions();
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isLocal(url) });
  });
}

function refusePermissions(): void {
  const ours = session.defaultSession;
  ours.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  ours.setPermissionCheckHandler(() => false);
  ours.setDevicePermissionHandler(() => false);
  ours.on('will-download', (event) => {
    event.preventDefault();
  });
}

function confine(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp'); // and there is no proxy
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}
