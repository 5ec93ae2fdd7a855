// Without a connection a link to another page leads nowhere: it is off until there is one again, and says why.
const ALL = "a[href]";

/** True for a link to another page of the academy; one out of it is not ours to hold. */
function leadsAway(link: HTMLAnchorElement): boolean {
  const to = new URL(link.href, location.href);
  return to.origin === location.origin && to.pathname !== location.pathname;
}

/** Hold presses on links for as long as there is no connection. Returns how to stop. */
export function holdLinks(isAway: () => boolean, held: () => void): () => void {
  const onClick = (event: Event): void => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(ALL);
    if (!link || !isAway() || !leadsAway(link)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held();
  };
  document.addEventListener("click", onClick, true);
  return () => document.removeEventListener("click", onClick, true);
}

/** Show which links are off. */
export function markLinks(isAway: boolean): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(ALL)) {
    if (isAway && leadsAway(link)) link.setAttribute("aria-disabled", "true");
    else if (link.hasAttribute("aria-disabled")) link.removeAttribute("aria-disabled");
  }
}
