/** The shared pieces that panels are drawn with. */
export { ActionButton, ToolButton, type Action, type Tool } from './button';
export { useTrans, useWove } from './context';
export { confirm, notifyProblem, type Question } from './dialogs';
export { commentIcon, exploreIcon, promptIcon, remixIcon, starIcon, woveIcon } from './icons';
export { JobProgress } from './job';
export { LineageTree, ProjectLineage, lineageKey } from './lineage';
export { useOptimistic, type Optimistic } from './optimistic';
export { Panel } from './panel';
export { Avatar } from './person';
export { ProgressBar } from './progress';
export { Busy, EmptyState, ErrorState } from './states';
export { Tag, VisibilityBadge, type Visibility } from './tag';
export { RelativeTime } from './time';
export { WovePanel, type Load } from './widget';
export { showWork, type Outcome, type Work } from './work-dialog';
export { followJob, isOver, useJob, type Followed } from './use-job';
