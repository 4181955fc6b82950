import { projectHandlers } from './methods/projects.ts';
import { answerBy } from './answer.ts';
import { CODEC_TIMES, type CodecThread, createCodec } from './codec/codec.ts';
import { createHost } from './host.ts';
import type { HostPort } from './ports.ts';
import { serve, type Serving } from './serve.ts';

/**
 * Answers what concerns projects and unsaved work on every port that main hands over. It is a process beside the engine:
 * a fill holds that one up for seconds, and what is not kept meanwhile would be lost.
 */
export function startRecovery(main: HostPort, startCodec: () => CodecThread): Serving {
  const host = createHost();
  return serve(main, host, answerBy(projectHandlers(host, createCodec(startCodec, CODEC_TIMES))));
}
