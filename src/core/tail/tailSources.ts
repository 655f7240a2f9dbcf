import { openConsumeTail } from './consumeTail';
import { openFirehoseTail } from './firehoseTail';
import { openMirrorTap } from './mirrorTap';
import type { MirrorTapParts } from './mirrorTap';
import { StreamReader } from './streamReader';
import type { OpenTailSource } from './tailSource';
import type { TracingSwitch } from './tracingSwitch';

export interface TailSourceParts extends MirrorTapParts {
  readonly tracing: TracingSwitch;
}

/** How each kind of plan is opened, for the life of one tail. */
export function tailSources(parts: TailSourceParts): OpenTailSource {
  const stream = new StreamReader(parts);
  return (plan, sink, signal) => {
    switch (plan.kind) {
      case 'mirror':
        return openMirrorTap(parts, plan, sink, signal);
      case 'stream':
        return stream.open(plan, sink, signal);
      case 'firehose':
        return openFirehoseTail(parts, plan, sink, signal);
      case 'consume':
        return openConsumeTail(parts, plan, sink, signal);
    }
  };
}
