/** The icons of Wove's own; all others are JupyterLab's. */
import { LabIcon } from '@jupyterlab/ui-components';

import wove from '../../style/icons/wove.svg';

export const woveIcon = new LabIcon({ name: 'wove:wove', svgstr: wove });
