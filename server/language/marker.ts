/** How a value that was not given shows in rendered messages. */
export function missingMarker(name: string): string {
  return `⟦${name}⟧`;
}
