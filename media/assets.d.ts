/** Stylesheets are bundled into `dist/<page>.css`, which the page's HTML links. */
declare module '*.css';
