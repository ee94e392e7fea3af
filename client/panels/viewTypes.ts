/** Names under which VS Code remembers open panels. Apart from the hosts, so that registering them loads no panel. */
export const viewTypes = {
  outputs: 'promptWorkbench.outputs',
  preview: 'promptWorkbench.preview',
  runForm: 'promptWorkbench.runForm',
} as const;

/** A webview page and the bundle (`dist/<page>.js`, `dist/<page>.css`) it is made of. */
export type PageName = keyof typeof viewTypes;
