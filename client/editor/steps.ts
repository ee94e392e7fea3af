import * as vscode from 'vscode';

/** One question of a series; answers by mutating what the caller collects. */
export interface Step {
  /** `back` goes to the question before, `undefined` (Escape) ends the series. */
  ask(place: {
    readonly step: number;
    readonly total: number;
    readonly canGoBack: boolean;
  }): Promise<'next' | 'back' | undefined>;
}

/** Asks one question after another, with a Back button. False when the person gave up. */
export async function askInOrder(steps: readonly Step[]): Promise<boolean> {
  let index = 0;
  while (index < steps.length) {
    const answer = await steps[index]!.ask({
      step: index + 1,
      total: steps.length,
      canGoBack: index > 0,
    });
    if (answer === undefined) return false;
    index += answer === 'next' ? 1 : -1;
  }
  return true;
}

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  readonly value: () => string;
  /** A sentence when the text will not do. */
  readonly check: (text: string) => string | undefined;
  /** Takes what was typed: checked when the person goes on, as it is when they go back. */
  readonly answer: (text: string) => void;
}

/** A line of text. What was typed survives a look at another window and, when the answer is kept, going back. */
export function textStep(question: TextQuestion): Step {
  return {
    ask: ({ step, total, canGoBack }) =>
      new Promise((resolve) => {
        const input = vscode.window.createInputBox();
        input.title = question.title;
        input.prompt = question.prompt;
        input.placeholder = question.placeholder;
        input.password = question.password ?? false;
        input.value = question.value();
        input.step = step;
        input.totalSteps = total;
        input.ignoreFocusOut = true;
        input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
        const finish = (answer: 'next' | 'back' | undefined): void => {
          resolve(answer);
          input.dispose();
        };
        input.onDidChangeValue(() => {
          input.validationMessage = undefined;
        });
        input.onDidAccept(() => {
          const problem = question.check(input.value);
          input.validationMessage = problem;
          if (problem !== undefined) return;
          question.answer(input.value);
          finish('next');
        });
        input.onDidTriggerButton(() => {
          question.answer(input.value);
          finish('back');
        });
        input.onDidHide(() => {
          finish(undefined);
        });
        input.show();
      }),
  };
}

export interface ChoiceQuestion<T extends vscode.QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly T[];
  readonly active?: T;
  readonly answer: (item: T) => void;
}

/** One of a list. */
export function choiceStep<T extends vscode.QuickPickItem>(question: ChoiceQuestion<T>): Step {
  return {
    ask: ({ step, total, canGoBack }) =>
      new Promise((resolve) => {
        const pick = vscode.window.createQuickPick<T>();
        pick.title = question.title;
        pick.placeholder = question.placeholder;
        pick.items = question.items;
        if (question.active) pick.activeItems = [question.active];
        pick.step = step;
        pick.totalSteps = total;
        pick.ignoreFocusOut = true;
        pick.matchOnDescription = true;
        pick.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
        const finish = (answer: 'next' | 'back' | undefined): void => {
          resolve(answer);
          pick.dispose();
        };
        pick.onDidAccept(() => {
          const [item] = pick.selectedItems;
          if (item === undefined) return;
          question.answer(item);
          finish('next');
        });
        pick.onDidTriggerButton(() => {
          finish('back');
        });
        pick.onDidHide(() => {
          finish(undefined);
        });
        pick.show();
      }),
  };
}
