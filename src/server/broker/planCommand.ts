import { readFile } from 'node:fs/promises';
import { seriesOfVersion } from '../../core/topology/seriesOfVersion';
import { parseDocument } from '../../core/topologyFile/document';
import type { ImportPlan } from '../../core/topologyFile/plan/importPlan';
import { planImport } from '../../core/topologyFile/plan/planImport';
import { entryNoun } from '../../core/topologyFile/sections';
import type { PlanCommand } from '../check/options';
import { reasonOf } from '../check/reasonOf';
import { readBroker } from './readBroker';

export interface CommandOutcome {
  readonly out: string;
  readonly error: string;
  readonly code: 0 | 1 | 2;
}

/** Plans an import of the file into the broker; nothing is changed there. */
export async function planCommand(options: PlanCommand): Promise<CommandOutcome> {
  let text: string;
  try {
    text = (await readFile(options.file)).toString('utf8');
  } catch (error) {
    return failed(`${options.file} cannot be read: ${reasonOf(error)}`);
  }
  const read = await readBroker(options, undefined);
  if ('problem' in read) return failed(read.problem);
  const { definitions, vhost } = read;
  const target = options.target ?? seriesOfVersion(definitions.version);
  if (target === undefined)
    return failed(
      `The broker's version ${definitions.version} is not known: say what it is like with --target.`,
    );
  const missing = definitions.missing.map(({ section }) => section);
  const plan = planImport(parseDocument(text), parseDocument(definitions.text), { missing, vhost, target });
  const hidden = definitions.missing.map(({ section, why }) => `Not seen of the broker: ${section}. ${why}`);
  const isClear =
    plan.refusal === undefined &&
    !plan.steps.some(({ action }) => action === 'refused' || action === 'ignored');
  return {
    out: options.format === 'json' ? `${JSON.stringify(plan, undefined, 2)}\n` : planText(options.file, plan),
    error: [...plan.problems, ...hidden].map((sentence) => `${sentence}\n`).join(''),
    code: isClear ? 0 : 1,
  };
}

function failed(problem: string): CommandOutcome {
  return { out: '', error: `${problem}\n`, code: 2 };
}

/** A line for each object that is not there already in the same way, then why an import stops, then the counts. */
export function planText(file: string, { steps, refusal }: ImportPlan): string {
  const lines: string[] = [];
  for (const { action, section, vhost, label, why, range } of steps) {
    if (action === 'identical') continue;
    const place = vhost === '' ? '' : ` in ${vhost}`;
    const reason = why.length === 0 ? '' : `: ${why.join(' ')}`;
    lines.push(`${file}:${range.start.line + 1}: ${action} ${entryNoun[section]} ${label}${place}${reason}`);
  }
  lines.push(...(refusal ?? []));
  const counts = new Map<string, number>();
  for (const { action } of steps) counts.set(action, (counts.get(action) ?? 0) + 1);
  lines.push(
    [...counts].map(([action, count]) => `${count} ${action}`).join(', ') ||
      'The file has nothing to import.',
  );
  return lines.map((line) => `${plain(line)}\n`).join('');
}

/** Names from a file or a broker may hold control characters, which a terminal must not obey. */
function plain(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
