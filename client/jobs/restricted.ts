/** Thrown instead of sending anything while the window is in Restricted Mode. */
export class RestrictedError extends Error {
  constructor() {
    super(
      'Running prompts is turned off in Restricted Mode. To run them, trust this workspace (Workspaces: Manage Workspace Trust).',
    );
    this.name = 'RestrictedError';
  }
}
