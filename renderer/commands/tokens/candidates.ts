// What is done with candidates token by token.
export { branch, canBranch } from './candidatesBranch.ts';
export { compareNext, compareWith, comparable, differingCells, otherOf } from './candidatesCompare.ts';
export { mixCells } from './candidatesMix.ts';
export { leaveScrub, scrubBy, scrubOf, scrubTo } from './candidatesScrub.ts';
