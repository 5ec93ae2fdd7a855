// An order by chance that stays the same within a round: a pause and a reload must not move what stands on the screen.

/** Return the things in the order of a seed. */
export function shuffled<T>(things: readonly T[], seed: string): T[] {
  const chance = chanceOf(seed);
  const mixed = [...things];
  for (let place = mixed.length - 1; place > 0; place -= 1) {
    const other = Math.floor(chance() * (place + 1));
    [mixed[place], mixed[other]] = [mixed[other]!, mixed[place]!];
  }
  return mixed;
}

/** FNV-1a of the seed, then mulberry32: an order, no secret. */
function chanceOf(seed: string): () => number {
  let state = [...seed].reduce((hash, each) => Math.imul(hash ^ each.codePointAt(0)!, 16_777_619), 2_166_136_261);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
