/** The part of the browser's Trusted Types that is used here; TypeScript's own types have none yet. */
interface TrustedTypePolicies {
  createPolicy(name: string, rules: { readonly createHTML: (markup: string) => string }): unknown;
}

/**
 * Text never becomes markup in this page. The one exception is the empty string: Konva clears its container with
 * `innerHTML = ''`.
 */
export function refuseMarkup(page: Window): void {
  const { trustedTypes } = page as Window & { readonly trustedTypes?: TrustedTypePolicies };
  trustedTypes?.createPolicy('default', {
    createHTML(markup) {
      if (markup !== '') throw new TypeError('Text must not become markup.');
      return markup;
    },
  });
}
