/**
 * The address a link of untrusted text may lead to, normalised, or `undefined`. Only the web: no scripts, no
 * commands of the editor, no files; and no user name before the host, which makes `https://bank.example@evil`
 * look like the bank.
 */
export function safeLink(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' ? url.href : undefined;
}
