import { app, session, type WebContents } from 'electron';

/**
 * Refuses what a page could ask for beyond what Tessera needs: permissions, devices, other pages, new windows, embedded
 * pages and downloads. Holds for every page, also one that should not be there.
 */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    confine(contents);
  });
  refusePermissions();
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
