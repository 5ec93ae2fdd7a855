// What is kept on this device is one person's. This runs on every page of the academy, not only in the app: as soon as
// somebody else is signed in, or nobody, what the app kept is wiped before anything can show it.
export const STORE = "leerhuis-practice";
export const OWNER = "leerhuis-practice-owner";
export const SITTING = "leerhuis_practice"; // a cookie that ends with the browser
export const CACHES = "leerhuis-practice";
const LONGEST_UNUSED = 60 * 86_400_000; // as long as somebody may stay signed in

/** Whose store lies here, as a page can see at once. */
export interface Trace {
  who: string;
  kept: boolean;
  at: number;
}

export function traceOf(): Trace | null {
  try {
    const told = JSON.parse(localStorage.getItem(OWNER) ?? "null") as Trace | null;
    return told && typeof told.who === "string" ? told : null;
  } catch {
    return null;
  }
}

/** Write down whose store lies here. Who did not choose to stay signed in gets one that ends with the browser. */
export function leaveTrace(who: string, kept: boolean, now = Date.now()): void {
  localStorage.setItem(OWNER, JSON.stringify({ who, kept, at: now }));
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${SITTING}=${who}; Path=/; SameSite=Strict${secure}`;
}

/** True when the store may be opened without asking the server: it is this browser's, and not older than a sign-in. */
export function mayOpen(trace: Trace | null, now = Date.now()): boolean {
  if (!trace || now - trace.at > LONGEST_UNUSED) return false;
  return trace.kept || document.cookie.split("; ").includes(`${SITTING}=${trace.who}`);
}

function forgetSitting(): void {
  document.cookie = `${SITTING}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Strict`;
}

/** Remove everything that the app keeps on this device; return how many answers were not sent yet, and go with it. */
export async function wipe(): Promise<number> {
  const waited = await waiting();
  localStorage.removeItem(OWNER);
  forgetSitting();
  const gone = new Promise<void>((done) => {
    const asked = indexedDB.deleteDatabase(STORE);
    asked.onsuccess = asked.onerror = asked.onblocked = () => done();
  });
  const names = "caches" in window ? await caches.keys() : [];
  await Promise.all([gone, ...names.filter((name) => name.startsWith(CACHES)).map((name) => caches.delete(name))]);
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((each) => each.unregister()));
  return waited;
}

/** The store that lies here, whoever it belongs to; null where there is none, or it cannot be opened. None is made. */
function found(): Promise<IDBDatabase | null> {
  return new Promise((told) => {
    const asked = indexedDB.open(STORE);
    asked.onupgradeneeded = () => asked.transaction?.abort();
    asked.onerror = asked.onblocked = () => told(null);
    asked.onsuccess = () => told(asked.result);
  });
}

/** How many answers wait in the store, whoever it belongs to. */
async function waiting(): Promise<number> {
  const store = await found();
  if (!store) return 0;
  return new Promise<number>((counted) => {
    const number = store.transaction("queue").objectStore("queue").count();
    number.onsuccess = () => counted(number.result);
    number.onerror = () => counted(0);
  })
    .catch(() => 0) // of another form than ours
    .finally(() => store.close());
}

/** Wipe a store of which nothing says whose it is; true when there was one. */
export async function wipeUntraced(): Promise<boolean> {
  if (traceOf()) return false;
  const store = await found();
  store?.close();
  if (store) await wipe();
  return store !== null;
}

const UNSENT = /^#unsent=(\d{1,5})$/;

/** The end of the address of the sign-in page, which says what went unsent. */
export function unsent(answers: number): string {
  return answers ? `#unsent=${answers}` : "";
}

/** Say on a page of nobody that answers could not be sent: on a page of somebody else they would not be theirs. */
function tellUnsent(answers: number): void {
  const template = document.querySelector<HTMLTemplateElement>("template[data-say='unsent']");
  const words = template?.content.cloneNode(true) as DocumentFragment | undefined;
  if (!words || !answers) return;
  words.querySelectorAll("[data-count]").forEach((place) => (place.textContent = String(answers)));
  document.getElementById("messages")?.append(words);
}

/** Wipe when this page is somebody else's, or nobody's. The app itself asks the server (`data-app` on its page). */
export async function guard(): Promise<boolean> {
  const trace = traceOf();
  if ("app" in document.body.dataset) return false;
  if (!trace) {
    forgetSitting(); // a browser that wiped the rest when somebody signed out left the cookie
    const told = UNSENT.exec(location.hash);
    if (told) {
      history.replaceState(history.state, "", location.pathname + location.search);
      tellUnsent(Number(told[1]));
    }
    return wipeUntraced();
  }
  if (document.body.dataset.who === trace.who && mayOpen(trace)) return false;
  tellUnsent(await wipe());
  return true;
}

/** Before signing out: bring away what waits, and say how much would be lost. */
export function startLeaving(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute("data-leaving") || form.dataset.brought || !traceOf()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void leave(form);
  }, true); // before anything marks the form as under way
}

async function leave(form: HTMLFormElement): Promise<void> {
  form.dataset.brought = "yes";
  const { bringAway } = await import("./leaving");
  const left = await bringAway(form.dataset.leaving ?? "");
  if (left > 0 && !(await isSure(left))) {
    delete form.dataset.brought;
    return;
  }
  form.requestSubmit();
}

function isSure(left: number): Promise<boolean> {
  const template = document.querySelector<HTMLTemplateElement>("template[data-say='waiting']");
  const dialog = template?.content.querySelector("dialog")?.cloneNode(true) as HTMLDialogElement | undefined;
  if (!dialog) return Promise.resolve(true);
  dialog.querySelectorAll("[data-count]").forEach((place) => (place.textContent = String(left)));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((decided) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      decided(dialog.returnValue === "leave");
    });
  });
}
