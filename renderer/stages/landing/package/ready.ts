import type { BuiltPackage } from '../../../../shared/stages/landing/contract.ts';

/** Whether a package can be handed over: it is there, passed its self-test then and last, and nothing known speaks against it. */
export function isReady({ built, check, isThere }: BuiltPackage): boolean {
  const { selfTest, notices } = built.result;
  // A check of an earlier build says nothing of this one.
  const isOfThis = check?.artifact.inputs.some(({ artifactId }) => artifactId === built.artifact.id) ?? false;
  const lastPassed = check === null || !isOfThis || check.result.passed;
  return isThere && selfTest.passed && lastPassed && !notices.some(({ severity }) => severity === 'blocking');
}
