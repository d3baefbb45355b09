#include "commands/application.h"

int main(int argc, char** argv) { return snag::commands::runApplication(argc, argv); }
