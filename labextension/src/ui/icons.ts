/** The icons of Wove's own; all others are JupyterLab's. */
import { LabIcon } from '@jupyterlab/ui-components';

import comment from '../../style/icons/comment.svg';
import deploy from '../../style/icons/deploy.svg';
import explore from '../../style/icons/explore.svg';
import prompt from '../../style/icons/prompt.svg';
import remix from '../../style/icons/remix.svg';
import star from '../../style/icons/star.svg';
import timeline from '../../style/icons/timeline.svg';
import wove from '../../style/icons/wove.svg';

export const commentIcon = new LabIcon({ name: 'wove:comment', svgstr: comment });
export const deployIcon = new LabIcon({ name: 'wove:deploy', svgstr: deploy });
export const exploreIcon = new LabIcon({ name: 'wove:explore', svgstr: explore });
export const promptIcon = new LabIcon({ name: 'wove:prompt', svgstr: prompt });
export const remixIcon = new LabIcon({ name: 'wove:remix', svgstr: remix });
export const starIcon = new LabIcon({ name: 'wove:star', svgstr: star });
export const timelineIcon = new LabIcon({ name: 'wove:timeline', svgstr: timeline });
export const woveIcon = new LabIcon({ name: 'wove:wove', svgstr: wove });
