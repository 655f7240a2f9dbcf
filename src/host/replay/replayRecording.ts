import path from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import type { RecordingFacts, ReplayParams, ReplayProgress } from '../../protocol/brokerContract';
import type { BrokerSession } from '../brokers/brokerSession';
import type { BrokerSessions } from '../brokers/brokerSessions';
import type { Login } from '../brokers/login';
import type { Pickers } from '../commands/pickers';
import { askRecording } from '../localFiles';
import { withoutLinks } from '../messages';
import { withCancel } from '../withCancel';
import { localNumber } from '../words';
import { askReplayTarget, askReplayTiming, confirmReplay } from './replayQuestions';
import { messagesWords, resultWords, wentWell } from './replayWords';

export interface ReplayDeps {
  readonly sessions: BrokerSessions;
  readonly login: Login;
  readonly pickers: Pickers;
  readonly showLog: () => void;
}

/** Replay Recording: asks for all it needs, publishes, and says what became of it. */
export async function replayRecording(deps: ReplayDeps, given: string | undefined): Promise<void> {
  const { sessions, login, pickers } = deps;
  const file = given ?? (await askRecording());
  if (file === undefined) return;
  const none = vscode.l10n.t('There is no connection that may publish. Add one, or try the demo broker.');
  const profileId = await pickers.connection(({ profile }) => profile.readOnly !== true, none);
  if (profileId === undefined || !(await login.connect(profileId))) return;
  const session = sessions.byId(profileId);
  const facts = await readFacts(session, file);
  const vhost = await pickers.vhost(session);
  if (vhost === undefined) return;
  const where = await askReplayTarget(pickers, session, vhost, facts);
  if (where === undefined) return;
  const timing = await askReplayTiming(facts);
  if (timing === undefined) return;
  const params = { vhost, path: file, timing, ...where };
  const userIds = await confirmReplay(session.profile, facts, params);
  if (userIds === undefined) return;
  tell(await publish(session, { ...params, userIds }, facts.messages), deps.showLog);
}

/** Looks through the whole file first: nobody should confirm what nobody has counted. */
async function readFacts(session: BrokerSession, file: string): Promise<RecordingFacts> {
  const facts = await withCancel(
    vscode.l10n.t('Counting the messages in {0}', path.basename(file)),
    (signal) => session.client.request('recordingFacts', { path: file }, signal),
  );
  if (facts.messages > 0) return facts;
  const [problem] = facts.problems;
  const text = vscode.l10n.t('There is no message in {0} that could be published.', path.basename(file));
  throw new Failure('badInput', problem === undefined ? text : `${text} ${problem}`);
}

function publish(session: BrokerSession, params: ReplayParams, total: number): Promise<ReplayProgress> {
  const title = vscode.l10n.t('Replaying {0}', path.basename(params.path));
  return withCancel(title, async (signal, report) => {
    const { client } = session;
    let shown = 0;
    const listening = client.on('replay')(({ published, waiting }) => {
      const done = vscode.l10n.t('{0} of {1}', localNumber(published), messagesWords(total));
      report({
        message:
          waiting === undefined ? done : vscode.l10n.t('{0}. The broker takes nothing ({1}).', done, waiting),
        increment: ((published - shown) / total) * 100,
      });
      shown = published;
    });
    try {
      return await client.request('replay', params, signal);
    } finally {
      listening.dispose();
    }
  });
}

function tell(result: ReplayProgress, showLog: () => void): void {
  const text = withoutLinks(resultWords(result));
  if (wentWell(result)) {
    void vscode.window.showInformationMessage(text);
    return;
  }
  const log = vscode.l10n.t('Show Log');
  void vscode.window.showWarningMessage(text, log).then((answer) => {
    if (answer === log) showLog();
  });
}
