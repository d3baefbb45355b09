// Intent: a new configuration is published through a plain pointer while another thread reads it.
// Expect: data race on 'config' at READ, PUBLISH
#include <cstdio>
#include <thread>

#include "invisible.h"

struct Config {
  int port;
  int workers;
};

Config defaults{80, 1};
Config replacement{8080, 4};
Config* config = &defaults;
InvisibleTurns turns;
int port = 0;

void readConfig() {
  port = config->port;  // RACE-READ
}

void publishConfig() {
  config = &replacement;  // RACE-PUBLISH
}

int main() {
  std::thread reader([] {
    readConfig();
    invisiblePass(&turns);
  });
  std::thread writer([] {
    invisibleAwait(&turns, 1);
    publishConfig();
  });
  reader.join();
  writer.join();
  std::printf("%d %d\n", port, config->port);
}
