import type { MessageView } from '../core/tail/view';

const mebibyte = 1024 * 1024;

/** Bytes (DESIGN 4). */
const limits = { profile: 256 * mebibyte, view: 64 * mebibyte };

/** What of a view the sharing needs. */
type Sharing = Pick<MessageView, 'limitBytes' | 'note'>;

/**
 * The memory that the tails and peeks of one profile may hold together, in equal shares. One view more can make all
 * shares smaller: full buffers then let their oldest messages go, count them, and say so in a row.
 */
export class MemoryShare {
  private readonly views = new Set<Sharing>();
  private share: number;

  constructor(private readonly most = limits) {
    this.share = most.view;
  }

  join(view: Sharing): void {
    this.views.add(view);
    this.shareOut();
    view.limitBytes(this.share);
    if (this.share < this.most.view) view.note('info', this.words(0));
  }

  leave(view: Sharing): void {
    if (this.views.delete(view)) this.shareOut();
  }

  private shareOut(): void {
    const fair = Math.floor(this.most.profile / Math.max(1, this.views.size));
    const share = Math.min(this.most.view, fair);
    if (share === this.share) return;
    this.share = share;
    for (const view of this.views) {
      const gone = view.limitBytes(share);
      if (gone > 0) view.note('warning', this.words(gone));
    }
  }

  private words(gone: number): string {
    const shares = `${this.views.size} views of this connection share ${inMebibytes(this.most.profile)}: this one keeps at most ${inMebibytes(this.share)}.`;
    if (gone === 0) return shares;
    const messages = gone === 1 ? '1 message' : `${gone.toLocaleString('en-US')} messages`;
    return `${shares} Its oldest ${messages} had to go.`;
  }
}

function inMebibytes(bytes: number): string {
  return `${Math.floor(bytes / mebibyte)} MiB`;
}
