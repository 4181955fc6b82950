/** The time now (performance.now(), ms), ten times a second while a component watches it. */
export function ticking(): { readonly now: number } {
  let now = $state(performance.now());
  $effect(() => {
    const timer = window.setInterval(() => (now = performance.now()), 100);
    return () => {
      window.clearInterval(timer);
    };
  });
  return {
    get now() {
      return now;
    },
  };
}
