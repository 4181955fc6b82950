// ONNX Runtime, as the rest of this room has it: no other file may import the library, because it would report home then.

/**
 * Version 1.30 keeps a device id and a database of events in the person's cache folder, writes a log into the temporary
 * folder and looks up a host to send them to. It asks for this variable when the first session is made.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';

export { env, InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
export type { OnnxValue } from 'onnxruntime-node';
