import createPurifier from 'dompurify';
import { safeLink } from './safeLink.ts';

const tags =
  'a blockquote br code del em h1 h2 h3 h4 h5 h6 hr li ol p pre s span strong table tbody td th thead tr ul'.split(
    ' ',
  );
const classes = /^(image|align-(left|center|right)|language-[\w+#.-]+)$/;

const purifier = createPurifier(window);

purifier.addHook('afterSanitizeAttributes', (element) => {
  const name = element.getAttribute('class');
  if (name !== null && !classes.test(name)) element.removeAttribute('class');
  if (element.tagName !== 'A') return;
  const address = safeLink(element.getAttribute('href') ?? '');
  element.removeAttribute('title');
  if (address === undefined) {
    element.removeAttribute('href');
    return;
  }
  // VS Code opens it, after asking; the true address is there to be seen before.
  element.setAttribute('href', address);
  element.setAttribute('title', address);
  element.setAttribute('rel', 'noopener noreferrer');
});

/** The second wall: whatever HTML it gets, what comes out is text, structure and links to the web. */
export function sanitise(html: string): DocumentFragment {
  return purifier.sanitize(html, {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: ['href', 'class', 'start'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}
