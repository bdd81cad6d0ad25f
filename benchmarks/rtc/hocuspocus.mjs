// Hocuspocus as it comes, on the port that it is given.
import { Server } from '@hocuspocus/server';

await new Server({ address: '127.0.0.1', port: Number(process.env.PORT), quiet: true }).listen();
