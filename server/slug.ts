/** The slug a file has when its front matter gives none: its name, made to fit. */
export function slugOf(uri: string): string {
  const name = fileName(uri).replace(/\.prompt$/i, '');
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}+/gu, '')
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/[_-]{2,}/g, '-')
    .replace(/^[_-]+|[_-]+$/g, '');
  return slug === '' ? 'untitled' : slug;
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The last part of a URI, readable. */
export function fileName(uri: string): string {
  return decode(uri.slice(uri.lastIndexOf('/') + 1));
}
