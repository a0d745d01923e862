// The examination room's door: what "Why can't I be called?" looks at on the way to a server and back.
export { createExamination, type Examination, type ExaminationOptions } from './examination.ts';
