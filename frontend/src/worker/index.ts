// The worker of the practice app. It keeps the empty page of the app and what that page is made of, and hands out
// pictures that the app kept. It keeps no answer of the API and no other page: those are about somebody.
// To add something: a file beside this one with a `start…`, called here.
import { startMedia } from "./media";
import { startPush } from "./push";
import type { PushWorker } from "./push";
import { startShell } from "./shell";
import type { Scope } from "./scope";

const scope = self as unknown as Scope;
startShell(scope);
startMedia(scope);
startPush(self as unknown as PushWorker);
