// What the browser keeps on the device.

/** Everything the browser keeps for this origin, as one text. */
export const kept = (page) =>
  page.evaluate(async () => {
    const parts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        const all = (ask) =>
          new Promise((resolve, reject) => {
            const request = database.transaction(store).objectStore(store)[ask]();
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
        parts.push(JSON.stringify(await all('getAllKeys')), JSON.stringify(await all('getAll')));
      }
      database.close();
    }
    return parts.join('\n');
  });
