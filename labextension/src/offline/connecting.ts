/** What is loaded with the first document that is edited together. */
export { forgetOld } from './keeping';
export { RoomProvider } from './provider';
export { followRole } from './reading';
export { Telling } from './telling';
