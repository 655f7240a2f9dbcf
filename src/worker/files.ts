import type { Clock } from '../core/base/clock';
import { Failure } from '../core/base/failure';
import type { Log } from '../core/base/log';
import type { BrokerContract, ReplayProgress } from '../protocol/brokerContract';
import type { Handlers } from '../protocol/endpoint';
import type { LiveBroker } from './connectionSession';
import { exportView } from './exporting';
import { recordingFacts } from './recordingFacts';
import { Replay } from './replay';
import type { Views } from './views';

export interface FilesParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly live: () => LiveBroker;
  readonly views: Views;
  readonly onReplay: (progress: ReplayProgress) => void;
}

type FileRequests = 'exportView' | 'startRecording' | 'stopRecording' | 'recordingFacts' | 'replay';

/** The requests that read and write files on this machine: export, recording and replay. */
export function fileHandlers(parts: FilesParts): Pick<Handlers<BrokerContract>, FileRequests> {
  const { clock, log, live, views } = parts;
  let replaying = false;

  return {
    exportView: (params, signal) => exportView(views.get(params.viewId).messages, params, clock, signal),
    startRecording: async ({ viewId, path }) => {
      await views.record(viewId, path);
      return views.get(viewId).state();
    },
    stopRecording: ({ viewId }) => views.stopRecording(viewId),
    recordingFacts: ({ path }, signal) => recordingFacts(path, live().profile.user, signal),
    replay: async (params, signal) => {
      if (replaying) throw new Failure('refused', 'Another replay is running on this connection.');
      replaying = true;
      try {
        const replay = new Replay(params, {
          live: live(),
          clock,
          log,
          onProgress: parts.onReplay,
          sentStraight: (vhost, draft) => {
            views.sentStraight(vhost, draft);
          },
        });
        return await replay.run(signal);
      } finally {
        replaying = false;
      }
    },
  };
}
