import * as vscode from 'vscode';
import type { OpenFolder } from '../../editor/folders.ts';
import type { Queue } from '../../jobs/queue.ts';
import { tokensOf } from '../../jobs/tokens.ts';
import type { Job } from '../../model.ts';
import { attemptChain, seconds } from './attemptChain.ts';

export function jobItem(open: OpenFolder, job: Job, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(job.template.name);
  item.id = `${open.key}#${job.id}`;
  item.contextValue = `job.${job.state}${job.withheld ? '.withheld' : ''}`;
  item.iconPath = icon(job);
  item.description = description(open.folder.queue, job, now);
  item.accessibilityInformation = { label: `${job.template.name}, ${item.description}` };
  item.command = {
    command: 'promptWorkbench.openJob',
    title: vscode.l10n.t('Open Output'),
    arguments: [{ kind: 'job', open, job }],
  };
  return item;
}

function icon(job: Job): vscode.ThemeIcon {
  switch (job.state) {
    case 'processing':
      return new vscode.ThemeIcon('sync~spin');
    case 'pending':
      return new vscode.ThemeIcon(job.attempts.length > 0 ? 'history' : 'clock');
    case 'interrupted':
      return new vscode.ThemeIcon(
        'debug-disconnect',
        new vscode.ThemeColor('list.warningForeground'),
      );
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'completed':
      return new vscode.ThemeIcon('check');
    case 'cancelled':
      return new vscode.ThemeIcon('circle-slash');
  }
}

function description(queue: Queue, job: Job, now: number): string {
  return [job.request.model, ...factsOf(queue, job, now)].filter(Boolean).join(' · ');
}

function factsOf(queue: Queue, job: Job, now: number): (string | undefined)[] {
  const end = queue.estimate(job);
  switch (job.state) {
    case 'processing':
      return runningFacts(queue, job, now, end);
    case 'pending': {
      const { reason, until } = queue.waiting(job) ?? {};
      const time = until === undefined ? undefined : clockTime(until);
      return [
        time === undefined ? reason : vscode.l10n.t('{0}, next at {1}', reason ?? '', time),
        job.priority === 'default' ? undefined : priorityName(job.priority),
        end === undefined ? undefined : vscode.l10n.t('ends ≈ {0}', clockTime(end)),
      ];
    }
    case 'interrupted':
    case 'failed':
      return [job.error?.message];
    case 'completed':
    case 'cancelled':
      return [endedFact(job)];
  }
}

function runningFacts(queue: Queue, job: Job, now: number, end: number | undefined) {
  const tokens = tokensOf(queue.liveText(job.outputId) ?? '');
  const since = job.claim?.at;
  return [
    since === undefined ? undefined : seconds(Math.max(0, now - since)),
    tokens > 0 ? vscode.l10n.t('≈ {0} tokens', tokens) : undefined,
    end === undefined || end <= now ? undefined : vscode.l10n.t('≈ {0} left', seconds(end - now)),
  ];
}

function endedFact({ claim, finishedAt, state }: Job): string {
  if (state === 'cancelled') return vscode.l10n.t('cancelled');
  return claim === undefined || finishedAt === undefined ? '' : seconds(finishedAt - claim.at);
}

export function priorityName(priority: Job['priority']): string {
  switch (priority) {
    case 'high':
      return vscode.l10n.t('high priority');
    case 'default':
      return vscode.l10n.t('default priority');
    case 'low':
      return vscode.l10n.t('low priority');
  }
}

function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString(vscode.env.language);
}

/** Made only for the line under the pointer: names of credentials have to be looked up. */
export async function jobTooltip(open: OpenFolder, job: Job): Promise<vscode.MarkdownString> {
  const { credentials, queue } = open.folder;
  const names = new Map((await credentials.list()).map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? vscode.l10n.t('removed credential');
  const { credential, model, provider } = job.request;
  const end = queue.estimate(job);
  const lines = [
    [provider, model, credential && nameOf(credential), priorityName(job.priority)]
      .filter(Boolean)
      .join(' · '),
    vscode.l10n.t('Queued {0}', new Date(job.queuedAt).toLocaleString(vscode.env.language)),
    job.error?.message,
    queue.waiting(job)?.reason,
    end === undefined ? undefined : vscode.l10n.t('Expected to end at {0}', clockTime(end)),
    attemptChain(job.attempts, nameOf),
  ];
  const text = new vscode.MarkdownString('', true);
  text.appendMarkdown('**').appendText(job.template.name).appendMarkdown('**');
  for (const line of new Set(lines)) if (line) text.appendMarkdown('\n\n').appendText(line);
  return text;
}
