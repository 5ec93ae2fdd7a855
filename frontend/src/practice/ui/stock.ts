// What a store holds, read as the screens show it.
import { isStale } from "../sitting";
import type { Choices, Home, OpenRound, Store } from "../store";
import type { Stocked } from "./home";

export const QUIET: Choices = { sound: false, haptics: false };

export interface Stock {
  banks: Stocked[];
  home: Home | null;
  /** The round that is open; null where there is none, or where it was left for too long to go on with. */
  round: OpenRound | null;
  choices: Choices;
  /** When each of the answers that wait was given. */
  answeredAt: string[];
}

/** Read all of it. Asked together: each way to the store and back takes its time on a slow telephone. */
export async function stockOf(store: Store): Promise<Stock> {
  const [banks, home, round = null, choices, answeredAt] = await Promise.all([
    store.banks(),
    store.get("home"),
    store.get("round"),
    store.get("choices"),
    store.answeredAt(),
  ]);
  const order = banks.sort((one, other) => one.rank - other.rank);
  return {
    banks: await Promise.all(order.map(async (bank) => ({ bank, questions: await store.questionsOf(bank.id) }))),
    home: home ?? null,
    round: round && !round.over && isStale(round) ? null : round,
    choices: choices ?? QUIET,
    answeredAt,
  };
}
