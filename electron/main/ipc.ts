import { type IpcMainInvokeEvent, ipcMain, type WebFrameMain } from 'electron';
import type { z } from 'zod';
import type { Reply } from '../../shared/contract/reply.ts';
import { AppError, BugError, toAppErrorJson } from '../../shared/errors/app-error.ts';
import { firstIssue } from '../../shared/errors/issue-reason.ts';
import type { OnRefused } from './lock.ts';
import { APP_ORIGIN } from './locked-settings.ts';

const PREFIX = 'workbench:';

function isOwnPage(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN;
}

export type Handle = <S extends z.ZodType>(
  channel: string,
  schema: S,
  answer: (input: z.output<S>, event: IpcMainInvokeEvent) => unknown,
) => void;

/** The one way in which a page reaches the main process: on a channel of ours, from the main frame of our own page, with an argument that fits.
 *  Anybody else's call rejects without a word; what the answer throws comes back as a reply. */
export function createHandle(onRefused: OnRefused): Handle {
  return (channel, schema, answer) => {
    if (!channel.startsWith(PREFIX)) throw new BugError(`channel ${channel}`);
    ipcMain.handle(channel, async (event, input: unknown): Promise<Reply<unknown>> => {
      if (!isOwnPage(event.senderFrame)) {
        onRefused('sender', channel);
        throw new Error('refused');
      }
      try {
        const parsed = schema.safeParse(input);
        if (!parsed.success) {
          throw new AppError('request.invalid', { name: channel, ...firstIssue(parsed.error) });
        }
        return { ok: true, value: await answer(parsed.data, event) };
      } catch (error) {
        return { ok: false, error: toAppErrorJson(error) };
      }
    });
  };
}
