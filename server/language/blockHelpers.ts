/** The helpers that are blocks, chat roles among them. */
import type { Helper, HelperParam } from './helperTypes.ts';
import type { VariableType } from './values.ts';

const containers: readonly VariableType[] = ['array', 'object', 'any'];
const value = (description: string): HelperParam => ({ name: 'value', description });

export const blocks: readonly Helper[] = [
  {
    name: 'if',
    kind: 'block',
    params: [value('what is asked')],
    description:
      'Keeps its content when the value is true: not false, empty, 0 or absent. With `includeZero=true`, 0 counts as true.',
    example: '<<#if vip>>…<<else>>…<</if>>',
    asks: true,
  },
  {
    name: 'unless',
    kind: 'block',
    params: [value('what is asked')],
    description:
      'Keeps its content when the value is false, empty, 0 or absent. With `includeZero=true`, 0 counts as true.',
    example: '<<#unless vip>>…<</unless>>',
    asks: true,
  },
  {
    name: 'each',
    kind: 'block',
    params: [{ name: 'list', description: 'a list or a map', accepts: containers }],
    description:
      'Repeats its content for each element, with `@index`, `@key`, `@first` and `@last`. Inside, names are members of the element; `../name` is the variable outside.',
    example: '<<#each items as |item index|>>…<</each>>',
  },
  {
    name: 'with',
    kind: 'block',
    params: [{ name: 'value', description: 'what names are members of inside' }],
    description: 'Inside, names are members of the value.',
    example: '<<#with user>><<name>><</with>>',
  },
  {
    name: 'raw',
    kind: 'block',
    params: [],
    description: 'Keeps everything up to `<</raw>>` as it is written.',
    example: '<<#raw>><<not a tag>><</raw>>',
  },
  ...(['system', 'user', 'assistant'] as const).map((name) => ({
    name,
    kind: 'role' as const,
    params: [],
    description: `A chat message of the role “${name}”. Text outside any role block is a user message.`,
    example: `<<#${name}>>…<</${name}>>`,
  })),
];
