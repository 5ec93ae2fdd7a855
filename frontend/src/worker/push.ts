/**
 * Notifications in the worker: showing what was brought, and opening the practice when one is tapped. The worker of
 * the app calls `startPush(self as unknown as PushWorker)`. What is shown says how much waits and nothing about its reader.
 */
const PRACTICE = "/practice/";
const ICON = "/icon/any-192.png";

export interface Notice {
  title: string;
  body: string;
  url: string;
  lang: string;
  tag: string;
}

/** What is used of a worker here; both libraries of types, that of pages and that of workers, fit it. */
export interface PushWorker {
  addEventListener(kind: "push" | "notificationclick", act: (event: PushSaid) => void): void;
  registration: { showNotification(title: string, options: NotificationOptions): Promise<void> };
  clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly PushWindow[]>;
    openWindow(url: string): Promise<unknown>;
  };
}

export interface PushWindow {
  url: string;
  focus(): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
}

export interface PushSaid {
  waitUntil(done: Promise<unknown>): void;
  data?: Brought | null;
  notification?: { data?: unknown; close(): void };
}

interface Brought {
  json(): unknown;
}

export function startPush(worker: PushWorker): void {
  worker.addEventListener("push", (event) => event.waitUntil(show(worker, event.data ?? null)));
  worker.addEventListener("notificationclick", (event) => {
    event.notification?.close();
    const said = event.notification?.data as Notice | undefined;
    event.waitUntil(open(worker, said?.url ?? PRACTICE));
  });
}

/** What was brought, or null for what cannot be read. A browser expects something to be shown for each message. */
export function noticeIn(data: Brought | null): Notice | null {
  try {
    const said = data?.json() as Partial<Notice> | undefined;
    if (typeof said?.title !== "string" || typeof said.body !== "string") return null;
    const url = typeof said.url === "string" && isOwnPath(said.url) ? said.url : PRACTICE;
    return { title: said.title, body: said.body, url, lang: said.lang ?? "nl", tag: said.tag ?? "practice" };
  } catch {
    return null;
  }
}

/** A path of this site and nothing else: `//elsewhere` would lead away. */
export function isOwnPath(path: string): boolean {
  return path.startsWith("/") && !path.startsWith("//") && !path.includes("\\");
}

async function show(worker: PushWorker, data: Brought | null): Promise<void> {
  const notice = noticeIn(data);
  if (!notice) return;
  const { title, body, lang, tag } = notice;
  await worker.registration.showNotification(title, { body, lang, tag, icon: ICON, data: notice });
}

async function open(worker: PushWorker, path: string): Promise<void> {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((each) => new URL(each.url).pathname.startsWith(PRACTICE)) ?? windows[0];
  if (!there) {
    await worker.clients.openWindow(path);
    return;
  }
  await there.focus();
  await there.navigate(path).catch(() => null); // a window that this worker does not control stays where it is
}
