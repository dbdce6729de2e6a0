import { create } from 'zustand';
import type { VerifyCheck } from '../../shared/contract/project.ts';

interface VerificationProgress {
  readonly check: VerifyCheck;
  readonly done: number;
  readonly total: number;
}

/** How far the engine says that the verification under way has come. */
export const useVerification = create<{ readonly progress: VerificationProgress | null }>(() => ({ progress: null }));
