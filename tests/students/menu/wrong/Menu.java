import java.util.Scanner;

/** Un mauvais choix termine le programme. */
public class Menu {
    public static void main(String[] args) {
        Scanner clavier = new Scanner(System.in);
        System.out.println("1. Local\n2. A distance\n9. Quitter");
        int choix = clavier.nextInt();
        while (choix != 9) {
            if (choix == 1 || choix == 2) {
                System.out.println("Lancement");
            } else {
                System.out.println("Choix invalide");
            }
            System.out.println("1. Local\n2. A distance\n9. Quitter");
            choix = clavier.nextInt();
        }
    }
}
