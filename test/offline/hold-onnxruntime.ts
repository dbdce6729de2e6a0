import { InferenceSession, Tensor } from 'onnxruntime-node';

/** Loads ONNX Runtime, runs a session, and lives on for the seconds given: releases that report home do so late. */
const seconds = Number(process.argv[2]);

/** y = x + x over two float32 values, opset 17. */
const DOUBLING_MODEL = 'CAg6NQoOCgF4CgF4EgF5IgNBZGQSAWdaDwoBeBIKCggIARIECgIIAmIPCgF5EgoKCAgBEgQKAggCQgQKABAR';

const session = await InferenceSession.create(Buffer.from(DOUBLING_MODEL, 'base64'));
const run = async () => (await session.run({ x: new Tensor('float32', [1, 2], [2]) })).y?.data.join(' ');
console.log(await run());
setTimeout(async () => {
  console.log(await run());
  await session.release();
}, seconds * 1000);
