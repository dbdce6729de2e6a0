import { useJobsOf } from '../../../components/use-jobs-of.ts';

/** All training jobs. */
export const useTrainingJobs = () => useJobsOf('competitiveness.run');

/** Jobs that write trainings for other machines. */
export const useExportJobs = () => useJobsOf('competitiveness.jobExport');

/** Trainings of what is predicted besides one of several classes. */
export const useTaskJobs = () => useJobsOf('competitiveness.taskRun');
