/** What can be done at a place of a template. */

import type { FolderIndex, TemplateFile } from '../../folderIndex.ts';
import type { Span } from '../../language/nodes.ts';
import type { Problem } from '../../language/problems.ts';
import type { Change } from '../workspaceEdits.ts';

export interface Place {
  readonly file: TemplateFile;
  readonly folder: FolderIndex;
  /** Empty where the cursor stands. */
  readonly selection: Span;
  /** The author asks; otherwise the client only wants to know whether there is something. */
  readonly asked: boolean;
  /** The client can create the file of a new template beside this one. */
  readonly createsFiles: boolean;
}

export interface Action {
  readonly title: string;
  /** As the protocol names it: `quickfix`, `refactor.extract` … */
  readonly kind: string;
  /** The one that is most likely meant. */
  readonly preferred?: boolean;
  readonly fixes?: readonly Problem[];
  /** Made when it is chosen. */
  change(): Change;
  /** What is worth another name afterwards: an offset of this template as it is then. */
  readonly names?: () => number;
}
